<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>People</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>在用</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add an officer</source>
        <translation>添加人员</translation>
    </message>
    <message>
        <source>Add the first officer with the button above.</source>
        <translation>请用上方按钮添加第一名人员。</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Deactivate {name}?</source>
        <translation>停用 {name}？</translation>
    </message>
    <message>
        <source>No secret yet</source>
        <translation>尚无口令</translation>
    </message>
    <message>
        <source>Deactivated</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Locked until {time}</source>
        <translation>锁定至 {time}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>重设口令</translation>
    </message>
    <message>
        <source>New secret for {name}</source>
        <translation>为 {name} 重设口令</translation>
    </message>
    <message>
        <source>No one administers himself.</source>
        <translation>不能管理自己的账号，请由另一名站长操作。</translation>
    </message>
    <message>
        <source>Nobody is entered yet</source>
        <translation>还没有录入人员</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>警号</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Only a chief may change officers.</source>
        <translation>只有站长可以管理人员。</translation>
    </message>
    <message>
        <source>Reactivate</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Reactivate {name}?</source>
        <translation>重新启用 {name}？</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roles of {name}</source>
        <translation>{name} 的角色</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Secret again</source>
        <translation>再次输入口令</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>警号</translation>
    </message>
    <message>
        <source>Signing in ends; what was done stays under this name.</source>
        <translation>停用后不能再登录，以往操作仍记在其名下。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The old one ends at once, and a lock is lifted.</source>
        <translation>原口令立即失效，账号锁定同时解除。</translation>
    </message>
    <message>
        <source>The roles and the secret are those of before.</source>
        <translation>角色和口令与停用前相同。</translation>
    </message>
    <message>
        <source>The two differ: type it again</source>
        <translation>两次输入不一致，请重新输入</translation>
    </message>
</context>
</TS>
